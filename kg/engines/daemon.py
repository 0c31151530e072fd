"""What Spark forks its Python workers from, once on a machine: its own daemon, with the vocabulary loaded beforehand.

See ``spark.python.daemon.module``. As in the workers of the local engine, the cyclic collector stays still.
"""

import gc
import sys

from pyspark.daemon import manager

if __name__ == "__main__":
    if sys.argv[1:2] == ["pyspark.worker"]:  # others only plan
        import kg.engines.preloaded  # noqa: F401  this is what it is for
    gc.disable()
    manager()
