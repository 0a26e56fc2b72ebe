# Drop's server with the built web app. docs/deployment.md says how it is run, and how far this file is tested.

FROM node:26-slim AS web
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
COPY web ./web
RUN npm run build

# What the server needs: no development packages, no second Node, and no embedded PostgreSQL.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production
# Probes and Prometheus reach the internal listener from other containers. Do not publish its port.
ENV INTERNAL_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=web /app/web/dist ./web/dist
COPY package.json package-lock.json ./
COPY bin ./bin
COPY src ./src
# For the roots of the audit trail, where a volume is mounted: the only place that Drop writes to. 1000 is node.
RUN install -d -o 1000 -g 1000 -m 0750 audit
USER node
EXPOSE 3000 13000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "bin/live.js"]
# Node itself is process 1, so that SIGTERM reaches it.
CMD ["node", "bin/serve.js"]
