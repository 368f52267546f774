"""What screens say: lines and rows made of values. Nothing here knows a widget's state or the study file."""
