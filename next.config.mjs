/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` checks types; a build need not do so again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@duckdb/node-api'],
  outputFileTracingIncludes: { '/api/**': ['./node_modules/@duckdb/node-bindings-*/**'] },
}
