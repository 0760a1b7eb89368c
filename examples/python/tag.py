"""A client of the tajuk service over gRPC: tags one article, the article in a page, a batch in which one article
is empty, and a stream, and prints a line for each article.

    make pythonstubs
    python examples/python/tag.py --address 127.0.0.1:50051
    TAJUK_TOKEN=secret python examples/python/tag.py --address tags.example:50051 --ca ca.pem

It exits with 1 if a call fails. An article that the service refuses fails no call: it has an error of its own.
"""

import argparse
import json
import os
import sys

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from tajuk.v1 import prediction_pb2 as prediction
from tajuk.v1 import tagging_service_pb2 as tagging
from tajuk.v1 import tagging_service_pb2_grpc as services

# gRPC itself sends a call again that was refused for load or met no server. Tagging changes nothing, so that
# this is safe.
RETRIES = {
    "methodConfig": [{
        "name": [{"service": "tajuk.v1.TaggingService"}],
        "retryPolicy": {
            "maxAttempts": 5, "initialBackoff": "0.4s", "maxBackoff": "3s", "backoffMultiplier": 2,
            "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
        },
    }],
}
TIMEOUT = 20  # seconds a call

FISHING = prediction.Document(
    document_id="fishing", title="Menlu bahas patroli laut dengan Filipina",
    text="Menteri luar negeri membahas patroli angkatan laut dalam perundingan bilateral di Manila.")
PRICES = prediction.Document(
    document_id="prices", title="Inflasi naik karena harga beras",
    text="Bank sentral menahan suku bunga setelah inflasi naik dua bulan berturut-turut.")
EMPTY = prediction.Document(document_id="empty")
MATCH = prediction.Document(
    document_id="match", title="Tuan rumah menang lewat adu penalti",
    text="Kiper menepis dua tendangan, dan klub itu melaju ke final turnamen sepak bola.")
SHORT = prediction.Document(document_id="short", text="Baca juga")

# A page as it came from a site.
SITE = b"""<!doctype html><html><head><title>Harga cabai turun di pasar | Harian Contoh</title></head><body>
<nav><a href="/">Beranda</a> <a href="/bola">Sepak bola</a></nav><h1>Harga cabai turun di pasar</h1>
<p>Pedagang menurunkan harga cabai setelah panen raya petani di lereng gunung berlangsung sejak awal pekan ini.</p>
<p><a href="/1">Baca juga: Kiper muda dipanggil tim nasional</a></p></body></html>"""


def connect(address, ca, token):
    """Takes one channel, which is meant to be kept and shared by all threads of a program."""
    options = [("grpc.service_config", json.dumps(RETRIES))]
    if not ca:
        if token:
            raise ValueError("a token is sent over TLS alone: give --ca, or unset TAJUK_TOKEN")
        return grpc.insecure_channel(address, options)
    with open(ca, "rb") as file:
        credentials = grpc.ssl_channel_credentials(file.read())
    if token:
        credentials = grpc.composite_channel_credentials(credentials, grpc.access_token_call_credentials(token))
    return grpc.secure_channel(address, credentials, options)


def tag_one(client):
    answer = client.TagDocument(tagging.TagDocumentRequest(document=FISHING), timeout=TIMEOUT)
    print("one")
    print(" ", line(answer.prediction))


def tag_page(client):
    """Finds the article in a page and tags that: menus and links to other stories would count otherwise."""
    article = client.ExtractArticle(tagging.ExtractArticleRequest(content=SITE), timeout=TIMEOUT)
    document = prediction.Document(document_id=article.title, title=article.title, text=article.text)
    answer = client.TagDocument(tagging.TagDocumentRequest(document=document), timeout=TIMEOUT)
    print("page")
    print(" ", line(answer.prediction))


def tag_batch(client):
    answer = client.BatchTagDocuments(tagging.BatchTagDocumentsRequest(documents=[PRICES, EMPTY, MATCH]), timeout=TIMEOUT)
    print("batch")
    print_results(answer.results)


def tag_stream(client):
    answers = client.StreamTagDocuments(requests([FISHING, PRICES], [MATCH, SHORT]), timeout=TIMEOUT)
    print("stream")
    for answer in answers:
        print_results(answer.results)


def requests(*batches):
    """The messages of a stream: the setup, then the batches. gRPC takes them while answers come in."""
    options = tagging.TagOptions(max_predictions=3)
    yield tagging.StreamTagDocumentsRequest(setup=tagging.StreamTagDocumentsRequest.Setup(options=options))
    for batch in batches:
        documents = tagging.StreamTagDocumentsRequest.DocumentBatch(documents=batch)
        yield tagging.StreamTagDocumentsRequest(documents=documents)


def print_results(results):
    """Prints a line for each article, be it an answer or an error."""
    for result in results:
        if result.WhichOneof("result") == "error":
            print(f"  {result.error.document_id}: error {result.error.reason}: {result.error.message}")
        else:
            print(" ", line(result.prediction))


def line(answer):
    outcome = prediction.Outcome.Name(answer.outcome).removeprefix("OUTCOME_")
    topics = [f" {t.topic} {t.confidence:.2f}" for t in answer.topics]
    notices = [f" ({prediction.Notice.Code.Name(n.code).removeprefix('CODE_')})" for n in answer.notices]
    return f"{answer.document_id}: {outcome}" + "".join(topics + notices)


def describe(error):
    """The message of a failed call with the reason that a program would branch on."""
    status = rpc_status.from_call(error)
    for detail in status.details if status else []:
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return f"{info.reason}: {error.details()}"
    return f"{error.code().name}: {error.details()}"


def main():
    parser = argparse.ArgumentParser(description="Tags a few articles over gRPC.")
    parser.add_argument("--address", default="127.0.0.1:50051", help="where the service listens, HOST:PORT")
    parser.add_argument("--ca", help="PEM file of the authority of its certificate; without it nothing is encrypted")
    args = parser.parse_args()
    try:
        with connect(args.address, args.ca, os.environ.get("TAJUK_TOKEN")) as channel:
            client = services.TaggingServiceStub(channel)
            tag_one(client)
            tag_page(client)
            tag_batch(client)
            tag_stream(client)
    except grpc.RpcError as error:
        sys.exit(f"error: {describe(error)}")
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
