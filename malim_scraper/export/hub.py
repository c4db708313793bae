"""The YAML that the Hugging Face hub reads at the head of a dataset card.

Source of its keys: https://huggingface.co/docs/hub/datasets-cards
"""

from __future__ import annotations

import json

from malim_scraper.export.facts import Facts

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))


def card_front(facts: Facts) -> str:
    """Return the front matter of the card: languages, size, and which files are which part."""
    size = next((name for limit, name in _SIZES if facts.count < limit), "10M<n<100M")
    parts = [{"split": part or "train", "path": f"data/{part or 'train'}-*.parquet"} for part in facts.parts]
    values = {
        "pretty_name": facts.title,
        "language": sorted({code.partition("-")[0] for code in facts.languages}),
        "license": "other", "license_name": "terms-of-the-portals", "license_link": "README.md",
        "size_categories": [size], "task_categories": ["text-generation", "text-classification", "summarization"],
        "tags": ["news", "malim_scraper"],
        "configs": [{"config_name": "default", "data_files": parts}],
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{''.join(lines)}---\n\n"
