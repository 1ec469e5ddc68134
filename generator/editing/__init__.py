"""What is done to records for their editors: mended, begun, translated, renamed. Values in, `Changes` out."""
