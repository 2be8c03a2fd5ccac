import type { TestProject } from "vitest/node";
import { startTestServer } from "@/db/testing/server";
import { dropAbandoned, ensureTemplate } from "@/db/testing/template";

declare module "vitest" {
  export interface ProvidedContext {
    testServerUrl: string;
    testTemplate: string;
  }
}

/** One server and one migrated template for all database tests of a run. */
export default async function setup(project: TestProject) {
  const server = await startTestServer();
  try {
    await dropAbandoned(server.url);
    project.provide("testTemplate", await ensureTemplate(server.url));
    project.provide("testServerUrl", server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
