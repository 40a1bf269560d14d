"""The classify worker as a Python team would write it: confluent-kafka and three fastText models, in batches of 1,000.

usage: worker.py BROKERS TOPIC_IN TOPIC_OUT MODEL_DIR
"""
import json
import os
import signal
import sys

import fasttext
from confluent_kafka import Consumer, Producer

BATCH = 1000
CATEGORIES = ("hoax", "hate", "bullying")

brokers, topic_in, topic_out, model_dir = sys.argv[1:5]
models = {c: fasttext.load_model(os.path.join(model_dir, c + ".bin")) for c in CATEGORIES}
consumer = Consumer({"bootstrap.servers": brokers, "group.id": topic_in + ".python", "auto.offset.reset": "earliest", "enable.auto.commit": False})
producer = Producer({"bootstrap.servers": brokers, "acks": "all", "linger.ms": 5})
consumer.subscribe([topic_in])
running = True


def stop(*_):
    global running
    running = False


signal.signal(signal.SIGTERM, stop)
while running:
    messages = [m for m in consumer.consume(BATCH, timeout=0.25) if not m.error()]
    if not messages:
        continue
    posts = [json.loads(m.value()) for m in messages]
    texts = [p["text"].lower().replace("\n", " ") for p in posts]
    scores = {}
    for category, model in models.items():
        labels, probabilities = model.predict(texts, k=2)
        scores[category] = [float(p[list(l).index("__label__1")]) for l, p in zip(labels, probabilities)]
    for i, (message, post) in enumerate(zip(messages, posts)):
        verdict = {"schemaVersion": 1, "id": post["id"], "outcome": "scored", "scores": {c: scores[c][i] for c in CATEGORIES}, "seenAt": post["seenAt"]}
        while True:
            try:
                producer.produce(topic_out, key=message.key(), value=json.dumps(verdict))
                break
            except BufferError:
                producer.poll(0.1)
    producer.flush()
    consumer.commit(asynchronous=False)
consumer.close()
