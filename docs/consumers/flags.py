"""Every flag of a fleet, from the first that Kafka still has: BROKERS=host:port. What else there is: docs/asyncapi.yaml"""
import json
from os import environ

from confluent_kafka import Consumer

group, brokers = environ.get("GROUP", "my-desk"), environ.get("BROKERS", "127.0.0.1:19092")
consumer = Consumer({"bootstrap.servers": brokers, "group.id": group, "auto.offset.reset": "earliest"})
consumer.subscribe([environ.get("TOPIC", "siaga.flags")])
while True:
    message = consumer.poll(1)
    if message is not None and not message.error():
        flag = json.loads(message.value())
        # Nobody wrote these: the fleet watches itself with them.
        if flag["post"]["platform"] == "siaga-canary":
            continue
        print(flag["category"], flag["score"], flag["post"].get("url", flag["post"]["id"]), flush=True)
