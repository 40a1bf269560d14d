# One image for all services and for the jobs; which of them runs is the argument: services/ingest/dist/main.js and so on.
FROM node:22.21.1-bookworm-slim AS build
WORKDIR /siaga
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run -s build && npm run -s sbom > sbom.cdx.json
# What runs needs neither the tools nor the optional packages: without those there is no native TF.js, and models are checked on
# WebAssembly, with the same scores (docs/deploy.md).
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
    -w services/ingest -w services/classify -w services/notify -w services/feed -w infra/ops \
 && mkdir /out && cp -a package.json LICENSE sbom.cdx.json node_modules /out/ \
 && for folder in libs/* models services/* infra/ops; do \
      mkdir -p "/out/$folder"; \
      for part in package.json dist node_modules migrations artefacts; do \
        [ ! -e "$folder/$part" ] || cp -a "$folder/$part" "/out/$folder/"; \
      done; \
    done

FROM node:22.21.1-bookworm-slim
ENV NODE_ENV=production SIAGA_OPS_HOST=0.0.0.0
WORKDIR /siaga
# Root owns what runs, and nothing of it is written: the root file system may be read-only.
COPY --from=build /out ./
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SIAGA_OPS_PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning"]
CMD ["services/feed/dist/main.js"]
