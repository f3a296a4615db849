"""Speed, measured: `python -m benchmarks` prints n, the median and the 95th percentile of each."""
