import { HEADERS } from './lib/http/server/files/headers.mjs'

/** Policy of an API answer that a browser opens as a page. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'"

const list = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }))

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` checks the types.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@duckdb/node-api'],
  outputFileTracingIncludes: { '/api/**': ['./node_modules/@duckdb/node-bindings-*/**'] },
  outputFileTracingExcludes: { '*': ['./node_modules/sharp/**', './node_modules/@img/**'] },
  headers: async () => [
    { source: '/:path*', headers: list(HEADERS) },
    { source: '/api/:path*', headers: list({ 'content-security-policy': API_POLICY }) },
  ],
}
