#!/usr/bin/env python3
"""Starts the rows of an embedding matrix for the ids that `jukta extend` added.

    embeddings.py NEW_IDS.jsonl MATRIX.npy OUT.npy          # numpy: one row an id
    embeddings.py NEW_IDS.jsonl --model FOLDER OUT_FOLDER    # transformers: input and output rows

A new row is the mean of the rows of the ids that the base gave the same text.
"""
import json
import sys

import numpy


def new_ids(path):
    """Pairs of a new id and the base ids of its text."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            yield entry["id"], entry["from"]


def extended(matrix, entries):
    """The matrix with a row for each new id; rows that a padded matrix has already are written over."""
    rows = max(max(id for id, _ in entries) + 1, len(matrix))
    result = numpy.zeros((rows, matrix.shape[1]), matrix.dtype)
    result[: len(matrix)] = matrix
    for id, base in entries:
        if base:
            result[id] = matrix[base].mean(axis=0)
    return result


def extend_model(path, entries, out):
    """The same for a model of transformers, its output rows too where they are not tied."""
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(path)
    rows = max(max(id for id, _ in entries) + 1, model.get_input_embeddings().num_embeddings)
    print(f"rows of the matrix: {model.get_input_embeddings().num_embeddings}; ids: {rows}")
    model.resize_token_embeddings(rows, mean_resizing=False)
    with torch.no_grad():
        for layer in {model.get_input_embeddings(), model.get_output_embeddings()} - {None}:
            for id, base in entries:
                if base:
                    layer.weight[id] = layer.weight[base].mean(dim=0)
    model.save_pretrained(out)


def main(arguments):
    entries = list(new_ids(arguments[0]))
    if arguments[1] == "--model":
        extend_model(arguments[2], entries, arguments[3])
    else:
        matrix = numpy.load(arguments[1])
        numpy.save(arguments[2], extended(matrix, entries))
        print(f"{len(matrix)} rows before, {len(extended(matrix, entries))} now")


if __name__ == "__main__":
    main(sys.argv[1:])
