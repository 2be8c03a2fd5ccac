import { describe, expect, it } from "vitest";
import { EnvironmentError, parseEnv } from "@/server/env";

describe("the environment", () => {
  it("needs nothing to be set", () => {
    const env = parseEnv({});
    expect(env).toMatchObject({ PORT: 3000, OPERATOR_ZONE: "Europe/Moscow", TRUSTED_PROXIES: 0, UZEL_DEMO: false });
    expect(env.DATABASE_URL).toBeUndefined();
  });

  it("takes an empty string for unset", () => {
    expect(parseEnv({ DATABASE_URL: "", PORT: "", OPERATOR_ZONE: "" })).toMatchObject({ PORT: 3000 });
  });

  it("listens on this machine alone unless HOST opens it, and takes an address for HOST and nothing else", () => {
    expect(parseEnv({}).HOST).toBe("127.0.0.1");
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "localhost"]) expect(parseEnv({ HOST: host }).HOST).toBe(host);
    expect(() => parseEnv({ HOST: "my-laptop" })).toThrow(/^HOST: /);
  });

  it("derives the public address from the port", () => {
    expect(parseEnv({ PORT: "4100" }).UZEL_PUBLIC_URL).toBe("http://localhost:4100");
    expect(parseEnv({ UZEL_PUBLIC_URL: "https://uzel.example/" }).UZEL_PUBLIC_URL).toBe("https://uzel.example");
  });

  it("names every bad variable on its own line and repeats no value", () => {
    const bad = {
      PORT: "99999",
      DATABASE_URL: "mysql://u:hush@h/d",
      OPERATOR_ZONE: "Mars/Base",
      TRUSTED_PROXIES: "many",
    };
    expect(() => parseEnv(bad)).toThrow(EnvironmentError);
    try {
      parseEnv(bad);
    } catch (error) {
      const lines = String((error as Error).message).split("\n");
      expect(lines.map((line) => line.split(":")[0]).sort()).toEqual(Object.keys(bad).sort());
      expect(lines.join()).not.toContain("hush");
    }
  });

  it("refuses half of a payment provider's credentials", () => {
    expect(() => parseEnv({ YOOKASSA_SHOP_ID: "100500" })).toThrow(/YOOKASSA_SECRET_KEY/);
    expect(() => parseEnv({ YOOKASSA_SECRET_KEY: "test_x" })).toThrow(/YOOKASSA_SHOP_ID/);
  });

  it("refuses half of a mail server: a user without a password, a host without a sender", () => {
    const mail = { SMTP_HOST: "mail.example", SMTP_FROM: "billing@operator.example" };
    expect(parseEnv(mail)).toMatchObject({ SMTP_PORT: 587, SMTP_SECURITY: "starttls" });
    expect(() => parseEnv({ ...mail, SMTP_USER: "billing" })).toThrow(/SMTP_PASSWORD/);
    expect(() => parseEnv({ ...mail, SMTP_PASSWORD: "x" })).toThrow(/SMTP_USER/);
    expect(() => parseEnv({ SMTP_HOST: "mail.example" })).toThrow(/SMTP_FROM/);
    expect(() => parseEnv({ ...mail, SMTP_FROM: "nobody" })).toThrow(/SMTP_FROM/);
  });

  it("accepts networks and addresses of both families for webhooks, and nothing else", () => {
    const read = (text: string) => parseEnv({ YOOKASSA_WEBHOOK_NETWORKS: text }).YOOKASSA_WEBHOOK_NETWORKS;
    expect(read("185.71.76.0/27, 2a02:5180::/32,127.0.0.1")).toEqual(["185.71.76.0/27", "2a02:5180::/32", "127.0.0.1"]);
    for (const wrong of ["everyone", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/"]) expect(() => read(wrong)).toThrow();
  });
});
