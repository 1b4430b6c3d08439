# Two images: `docker build --target bot .` and `docker build --target nlu .`. The steps are the Makefile's.
FROM python:3.11-slim AS base
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
 && pip install --no-cache-dir uv && useradd --create-home --uid 10001 amparo
ENV PYTHONUNBUFFERED=1 UV_LINK_MODE=copy PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY --chown=amparo:amparo Makefile pyproject.toml uv.lock README.md config.yml ./
COPY --chown=amparo:amparo nlu nlu
RUN chown amparo:amparo /app
USER amparo

FROM base AS nlu
RUN make setup-nlu
RUN PYTHONPATH=/app nlu/.venv/bin/python -m nlu.training
ENV PYTHONPATH=/app RASA_TELEMETRY_ENABLED=false MPLCONFIGDIR=/tmp
EXPOSE 5005
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5005/healthz')"]
CMD ["nlu/.venv/bin/python", "-m", "nlu.server", "--host", "0.0.0.0", "--port", "5005"]

FROM base AS bot
COPY --chown=amparo:amparo actions actions
COPY --chown=amparo:amparo knowledge knowledge
COPY --chown=amparo:amparo bot bot
RUN make setup
ENV AMPARO_HTTP_HOST=0.0.0.0 AMPARO_DATA_DIR=/app/data
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --start-period=20s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz')"]
CMD ["amparo", "run"]
