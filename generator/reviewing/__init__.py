"""What a proposal changes, told to those who review it: two commits in, one comment out."""
