# The gateway in a container: /data is the only place it writes to, and any user may run it.
#
#   docker build -t emporia-energy-api .
#   docker run --read-only -p 3000:3000 -v emporia:/data emporia-energy-api

FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements/run.txt requirements/build.txt requirements/
RUN python -m venv /app \
 && /app/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
 && python -m venv tools \
 && tools/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY web web
COPY src src
RUN tools/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheel . \
 && /app/bin/pip install --no-cache-dir --no-deps wheel/*.whl \
 && /app/bin/pip uninstall --yes pip setuptools \
 && install -d -m 0770 data

FROM python:3.11-slim-bookworm
COPY --from=build /app /app
COPY --from=build --chown=10001:0 /build/data /data
# SQLite and uploads want a place for what is passing; the rest of the file system is read-only.
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    DATA_DIR=/data \
    TMPDIR=/data \
    SQLITE_TMPDIR=/data
WORKDIR /data
VOLUME /data
EXPOSE 3000
USER 10001:0
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["emporia-api", "health"]
ENTRYPOINT ["emporia-api"]
CMD ["serve"]
