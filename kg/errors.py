"""The errors this package raises on purpose: one tree, each message one sentence that says what to do."""


class KgError(Exception):
    """Root of every error a user can cause and mend; the command line prints it and exits with 2."""


class ResourceError(KgError):
    """A data folder or file of the package is missing or does not parse."""


class AuthorityError(KgError):
    """A row of who is who contradicts the rules of its table, or a look-up makes no sense."""


class MappingError(KgError):
    """A mapper produced a claim that its article does not bear out."""


class ValidationError(KgError):
    """Shapes or data cannot be read; data that merely does not conform is a report, not an error."""


class EngineError(KgError):
    """A build cannot go on with the workers there are."""


class StoreError(KgError):
    """A store is missing, damaged, locked or not a store."""


class QueryError(KgError):
    """A stored query, a parameter or a piece of SPARQL cannot be run."""


class DumpError(KgError):
    """A dump cannot be written in the form asked for."""


class JudgementError(KgError):
    """A file of judgements is broken, or its judgements contradict each other; a line a problem."""


class LinkError(KgError):
    """A reconciliation service cannot be used, or what it gave cannot be kept."""


class PublishError(KgError):
    """A site cannot be written where it is asked for."""


class TransportError(KgError):
    """A server cannot be reached, or gives no whole answer."""


class LoadError(KgError):
    """A triple store does not take a graph, or does not hold what it was sent."""
