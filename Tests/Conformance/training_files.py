#!/usr/bin/env python3
"""`jukta encode --format megatron|datatrove` read by the programs' own classes.

    training_files.py JUKTA MODEL TEXT

Megatron-LM's IndexedDataset and IndexedDatasetBuilder (PyPI: megatron-core) and datatrove's DatatroveFileDataset, with
torch, which both import for other things, put in its place by a stand-in. Ids are compared with those that `jukta encode
--format ids` prints; Megatron's index also byte for byte with the one that its own builder writes. Once with
16 bits an id and once with 32, by a file that pretends to have more pieces.
"""
import functools
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import types
from unittest import mock

import numpy as np


class Dataset:
    """What torch.utils.data.Dataset is to classes that inherit from it."""

    def __class_getitem__(cls, _):
        return cls


def stand_in_for_torch():
    torch = types.ModuleType("torch")
    torch.__getattr__ = lambda name: mock.MagicMock(name="torch." + name)
    torch.as_tensor = lambda values, **_: np.asarray(values)
    torch.tensor = torch.as_tensor
    torch.utils = types.ModuleType("torch.utils")
    torch.utils.data = types.ModuleType("torch.utils.data")
    torch.utils.data.Dataset = Dataset
    torch.utils.data.__getattr__ = torch.__getattr__
    for module in [torch, torch.utils, torch.utils.data]:
        module.__spec__ = importlib.util.spec_from_loader(module.__name__, None)
        sys.modules[module.__name__] = module


@functools.lru_cache
def megatron():
    """The module of the indexed dataset, without the rest of the package, which needs a GPU's libraries."""
    [root] = importlib.util.find_spec("megatron").submodule_search_locations
    for name in ["megatron", "megatron.core", "megatron.core.datasets"]:
        package = types.ModuleType(name)
        package.__path__ = [os.path.join(root, *name.split(".")[1:])]
        sys.modules[name] = package
    utils = types.ModuleType("megatron.core.utils")
    utils.__getattr__ = lambda name: mock.MagicMock(name=name)
    sys.modules["megatron.core.utils"] = utils
    from megatron.core.datasets import indexed_dataset

    return indexed_dataset


def check_megatron(prefix, texts, width):
    module = megatron()
    kind = np.uint16 if width == 2 else np.int32
    for mmap in [True, False]:
        dataset = module.IndexedDataset(prefix, mmap=mmap)
        assert len(dataset) == len(texts), (len(dataset), len(texts))
        assert dataset.index.dtype == kind, dataset.index.dtype
        assert list(dataset.document_indices) == list(range(len(texts) + 1))
        for number, ids in enumerate(texts):
            assert list(dataset[number]) == ids, number
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "own")
        builder = module.IndexedDatasetBuilder(path + ".bin", dtype=kind)
        for ids in texts:
            builder.add_document(np.array(ids, kind), [len(ids)])
        builder.finalize(path + ".idx")
        for end in [".bin", ".idx"]:
            assert pathlib.Path(prefix + end).read_bytes() == pathlib.Path(path + end).read_bytes(), end


def check_datatrove(prefix, texts, width):
    from datatrove.utils.dataset import DatatroveFileDataset
    import humanize

    flat = [i for ids in texts for i in ids]
    window = 15
    dataset = DatatroveFileDataset(prefix + ".ds", seq_len=window, token_size=width)
    assert len(dataset) == len(flat) // (window + 1), len(dataset)
    for number in range(0, len(dataset), max(1, len(dataset) // 2000)):
        found = [int(i) for i in dataset[number]["input_ids"]]
        assert found == flat[number * (window + 1):(number + 1) * (window + 1)], number
    ends = np.fromfile(prefix + ".ds.index", "<u8")
    assert list(ends) == list(np.cumsum([len(ids) for ids in texts]))
    name, count, people = pathlib.Path(prefix + ".ds.metadata").read_text().split("\n")
    assert name.endswith(f"|{width}") and int(count) == len(flat), (name, count)
    assert people == humanize.metric(len(flat), unit="T"), people


def many_pieces(model, folder):
    """The same tokenizer with tokens added until ids need 32 bits."""
    import json

    path = pathlib.Path(model)
    tokenizer = json.loads((path / "tokenizer.json" if path.is_dir() else path).read_text())
    added = tokenizer["added_tokens"]
    next_id = 1 + max(
        [token["id"] for token in added] + [len(tokenizer["model"]["vocab"]) - 1]
    )
    for number in range(next_id, 70000):
        added.append({"id": number, "content": f"<extra{number}>", "single_word": False, "lstrip": False,
                      "rstrip": False, "normalized": False, "special": True})
    file = os.path.join(folder, "tokenizer.json")
    pathlib.Path(file).write_text(json.dumps(tokenizer))
    return file


def main():
    jukta, model, text = sys.argv[1:4]
    stand_in_for_torch()
    lines = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(text, encoding="utf-8") as source:
            part = os.path.join(folder, "text.txt")
            with open(part, "w", encoding="utf-8") as out:
                for lines, line in zip(range(1, 2001), source):
                    out.write(line if lines % 50 else "\n")
                # Both widths need an id above 65,535 to mean something.
                out.write("<extra69999> <extra65536>\n")
        for source, width in [(model, 2), (many_pieces(model, folder), 4)]:
            run = lambda *arguments: subprocess.run(
                [jukta, "encode", "-m", source, "--append-eos", part, *arguments], check=True, capture_output=True)
            printed = run("--format", "ids").stdout.decode().split("\n")[:-1]
            texts = [[int(i) for i in line.split()] for line in printed]
            assert len(texts) == lines + 1 and len({ids[-1] for ids in texts}) == 1
            prefix = os.path.join(folder, f"ids{width}")
            for format, check in [("megatron", check_megatron), ("datatrove", check_datatrove)]:
                told = run("--format", format, "-o", prefix).stderr.decode()
                assert f"{sum(map(len, texts)):,} ids of {len(texts):,} texts" in told, told
                check(prefix, texts, width)
    print(f"{lines + 1} texts, 16 and 32 bits, Megatron's and datatrove's own readers; index as Megatron's builder writes it")


if __name__ == "__main__":
    main()
