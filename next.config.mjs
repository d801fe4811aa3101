/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ['@duckdb/node-api'],
  outputFileTracingIncludes: { '/api/**': ['./node_modules/@duckdb/node-bindings-*/**'] },
}
