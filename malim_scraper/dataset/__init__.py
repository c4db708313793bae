"""The dataset folder: records, state, runs."""
