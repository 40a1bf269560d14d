"""Trains the three fastText models that worker.py serves, with settings usual for short social text.

usage: train.py TEXTS OUT     TEXTS: one text a line. The labels are drawn by chance: what is measured is the cost of
predicting, which does not depend on what was learnt.
"""
import os
import random
import sys

import fasttext

texts_file, out = sys.argv[1:3]
os.makedirs(out, exist_ok=True)
with open(texts_file, encoding="utf-8") as f:
    texts = [line.strip().lower() for line in f if line.strip()]
random.seed(1)
for category in ("hoax", "hate", "bullying"):
    labelled = os.path.join(out, category + ".txt")
    with open(labelled, "w", encoding="utf-8") as f:
        for text in texts:
            f.write(f"__label__{random.randint(0, 1)} {text}\n")
    model = fasttext.train_supervised(labelled, dim=100, epoch=1, wordNgrams=2, minn=2, maxn=5, bucket=200_000, thread=2, verbose=0)
    model.save_model(os.path.join(out, category + ".bin"))
    os.remove(labelled)
