"""Judgements: what people and services decided on which thing is which, kept as SSSOM and checked for contradiction."""

from kg.judgements.clusters import Clusters
from kg.judgements.record import EXACT_MATCH, NO_TERM, Judgement
from kg.judgements.sssom import Judgements, load, parse

__all__ = ["EXACT_MATCH", "NO_TERM", "Clusters", "Judgement", "Judgements", "load", "parse"]
