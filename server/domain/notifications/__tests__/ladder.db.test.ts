import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  addStep,
  changeStep,
  changeTemplate,
  listExceptions,
  listMessages,
  readChannelChoices,
  readLadder,
  setChannelChoices,
  setQuietHours,
} from "@/server/domain/notifications";
import { createWorld, type World } from "@/server/scenarios/world";
import { REMINDER_EVENTS } from "../constants";
import { checkTemplate } from "../rules/fill-template";
import { notices, reachable } from "./notices";

let database: TestDatabase;
let world: World;
let operator: ReturnType<World["asStaff"]>;
const ladder = async () => readLadder({ ...world.asStaff("manager"), ports: notices(world, database).ctx().ports });
const trail = (action: string) =>
  database.sql`select before, after from audit_log where action = ${action} order by occurred_at, id`;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  operator = world.asStaff("billing_operator");
});
afterAll(() => database.close());

describe("the ladder an operator begins with", () => {
  test("covers every event, every step of it off, and says what carries each channel", async () => {
    const { steps, quietHours, carriers } = await ladder();
    expect(new Set(steps.map((step) => step.event))).toEqual(new Set(REMINDER_EVENTS));
    expect(steps.filter((step) => step.isOn)).toEqual([]);
    expect(quietHours).toEqual({ from: "21:00", to: "09:00" });
    expect(carriers).toEqual({ email: "smtp", sms: "file", messenger: "file" });
  });

  test("holds texts in both languages that can be filled, and none that is missing for a step", async () => {
    const { steps, templates } = await ladder();
    for (const { event, subject, body, short } of templates) {
      for (const text of [subject, body, short]) expect(() => checkTemplate(event, text)).not.toThrow();
      expect(short.length).toBeLessThanOrEqual(134);
    }
    for (const step of steps) {
      const locales = templates.filter((one) => one.code === step.templateCode).map((one) => one.locale);
      expect(locales.sort()).toEqual(["en", "ru"]);
    }
  });
});

describe("changing the ladder", () => {
  const step = {
    event: "money_ends",
    offsetDays: -10,
    audience: "business",
    channel: "messenger",
    templateCode: "money_ends_before",
  } as const;

  test("a new step begins switched off, leaves an audit row, and stands on its place alone", async () => {
    const { stepId } = await addStep(operator, step);
    expect((await ladder()).steps.find((one) => one.id === stepId)).toMatchObject({ ...step, isOn: false });
    await expect(addStep(operator, step)).rejects.toMatchObject({ kind: "conflict", reason: "reminder_step.taken" });
    expect(await trail("reminder.add_step")).toMatchObject([{ after: { offsetDays: -10 } }]);
  });

  test("a step is moved and switched on; onto another's place it is not, and nothing changes", async () => {
    const { stepId } = await addStep(operator, { ...step, offsetDays: -11 });
    const { event: _event, ...same } = step;
    await changeStep(operator, { ...same, stepId, offsetDays: -12, isOn: true });
    await expect(changeStep(operator, { ...same, stepId, isOn: true })).rejects.toMatchObject({
      reason: "reminder_step.taken",
    });
    expect((await ladder()).steps.find((one) => one.id === stepId)).toMatchObject({ offsetDays: -12, isOn: true });
    expect(await trail("reminder.change_step")).toMatchObject([
      { before: { offsetDays: -11, isOn: false }, after: { offsetDays: -12, isOn: true } },
    ]);
    await expect(changeStep(operator, { ...same, stepId: world.ctx.newId(), isOn: true })).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  test.each([
    ["a text of another event", { templateCode: "payment_due_on" }, "invalid"],
    ["a text that is not there", { templateCode: "money_ends_unheard_of" }, "not_found"],
    ["a day further off than any", { offsetDays: 61 }, "invalid"],
  ])("%s is refused", async (_what, changes, kind) => {
    const added = addStep(operator, { ...step, ...changes });
    await expect(added).rejects.toSatisfy((error: { kind?: string; name?: string }) =>
      kind === "invalid" ? error.name === "ZodError" : error.kind === kind,
    );
  });

  test("a warning of a trial stands before its end", async () => {
    const trial = { ...step, event: "trial_ends", templateCode: "trial_ends_before" } as const;
    await expect(addStep(operator, { ...trial, offsetDays: 0 })).rejects.toMatchObject({ name: "ZodError" });
    const { stepId } = await addStep(operator, trial);
    const { event: _event, ...same } = trial;
    await expect(changeStep(operator, { ...same, stepId, offsetDays: 1, isOn: true })).rejects.toMatchObject({
      reason: "reminder_step.wrong_side",
    });
  });

  test("a text is rewritten; one that names what its messages do not know is refused whole", async () => {
    const text = {
      code: "money_ends_on",
      locale: "ru",
      subject: "Счёт {account}",
      body: "Не хватает {amount}",
      short: "{amount}",
    } as const;
    await changeTemplate(operator, text);
    await expect(changeTemplate(operator, { ...text, subject: "x", body: "{tariff}" })).rejects.toMatchObject({
      reason: "template.unknown_placeholder",
      details: { name: "tariff" },
    });
    const found = (await ladder()).templates.find((one) => one.code === text.code && one.locale === "ru");
    expect(found).toMatchObject({ subject: "Счёт {account}", body: "Не хватает {amount}" });
    expect(await trail("reminder.change_template")).toHaveLength(1);
  });

  test("a step and a text that came with the product are the operator's from the first touch on", async () => {
    const standard = (await ladder()).steps.find((one) => one.event === "change_made" && one.channel === "sms");
    if (!standard) throw new Error("the ladder has no such step");
    const { id: stepId, event: _event, sentInMonth: _sent, ...same } = standard;
    await changeStep(operator, { ...same, stepId, isOn: true });
    await changeStep(operator, { ...same, stepId, isOn: true, audience: "everyone" });
    const made = (await ladder()).steps.filter((one) => one.event === "change_made");
    expect(made.filter((one) => one.channel === "sms")).toMatchObject([
      { id: stepId, isOn: true, audience: "everyone" },
    ]);
    await expect(changeStep(operator, { ...same, stepId, isOn: true, offsetDays: -1 })).rejects.toMatchObject({
      reason: "reminder_step.wrong_side",
    });
    const text = {
      code: "change_made_on",
      locale: "en",
      subject: "{tariff}",
      body: "{sums}",
      short: "{from}",
    } as const;
    await changeTemplate(operator, text);
    await expect(changeTemplate(operator, { ...text, body: "{before}" })).rejects.toMatchObject({
      reason: "template.unknown_placeholder",
    });
    const texts = (await ladder()).templates.filter((one) => one.code === text.code);
    expect(texts.map((one) => [one.locale, one.subject])).toEqual([
      ["en", "{tariff}"],
      ["ru", "Тариф изменён: {tariff} с {day}"],
    ]);
  });

  test("quiet hours are set to times that exist", async () => {
    await setQuietHours(operator, { from: "22:00", to: "08:30" });
    expect((await ladder()).quietHours).toEqual({ from: "22:00", to: "08:30" });
    await expect(setQuietHours(operator, { from: "24:00", to: "08:00" })).rejects.toMatchObject({ name: "ZodError" });
  });

  test("is for billing: support reads it, and a subscriber does not even that", async () => {
    const agent = world.asStaff("support_agent");
    await expect(addStep(agent, step)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(setQuietHours(agent, { from: "22:00", to: "08:00" })).rejects.toMatchObject({ kind: "forbidden" });
    const { customerId } = await world.subscriber({});
    await expect(listMessages(world.asSubscriber(customerId), {})).rejects.toMatchObject({ kind: "forbidden" });
    expect(() => listExceptions(world.asSubscriber(customerId), {})).toThrow("access.forbidden");
  });
});

describe("what a subscriber wants", () => {
  test("is everything until they say otherwise, is theirs alone to say, and holds for all that was not mentioned", async () => {
    const [anna, boris] = [await reachable(world, database, {}), await reachable(world, database, { email: null })];
    const speaking = (customerId: string) => ({
      ...world.asSubscriber(customerId),
      ports: notices(world, database).ctx().ports,
    });
    const hers = speaking(anna.customerId);
    expect((await readChannelChoices(hers, anna.accountId)).events.map((row) => row.wanted.length)).toEqual([
      3, 3, 3, 3, 3,
    ]);
    await setChannelChoices(hers, {
      accountId: anna.accountId,
      choices: [
        { event: "money_ends", channel: "sms", isWanted: false },
        { event: "trial_ends", channel: "email", isWanted: true },
      ],
    });
    await setChannelChoices(hers, {
      accountId: anna.accountId,
      choices: [{ event: "payment_due", channel: "email", isWanted: false }],
    });
    const { channels, events } = await readChannelChoices(hers, anna.accountId);
    expect(events.map((row) => row.wanted)).toEqual([
      ["email", "messenger"],
      ["sms", "messenger"],
      ["email", "sms", "messenger"],
      ["email", "sms", "messenger"],
      ["email", "sms", "messenger"],
    ]);
    expect(channels.map((row) => row.recipient !== null)).toEqual([true, true, true]);
    expect(
      channels.map((row) => row.isConnected),
      "a file reaches nobody",
    ).toEqual([true, false, false]);
    expect(JSON.stringify(channels)).not.toContain(`s${anna.accountNumber}`);
    const his = await readChannelChoices(speaking(boris.customerId), boris.accountId);
    expect(his.channels[0]?.recipient).toBeNull();
    await expect(readChannelChoices(hers, boris.accountId)).rejects.toMatchObject({ kind: "not_found" });
    await expect(setChannelChoices(hers, { accountId: boris.accountId, choices: [] })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(
      setChannelChoices(world.asStaff("admin"), { accountId: anna.accountId, choices: [] }),
    ).rejects.toMatchObject({ kind: "forbidden" });
    expect(await trail("reminder.choose_channels")).toHaveLength(2);
  });
});

describe("the log", () => {
  test("is read a page at a time without a gap or a repeat, and refuses a place that no page told of", async () => {
    const one = await reachable(world, database, {});
    const [{ id: stepId } = { id: "" }] = (await ladder()).steps;
    for (let index = 0; index < 25; index += 1) {
      await database.sql`
        insert into messages (account_id, id, step_id, event, occasion_on, channel, template_code, state, planned_for, balance_version, created_at)
        values (${one.accountId}, ${world.ctx.newId()}, ${stepId}, 'money_ends', ${`2026-10-${String(index + 1).padStart(2, "0")}`},
          ${index % 2 ? "email" : "sms"}, 'money_ends_on', 'sent', now(), 0, ${new Date(Date.UTC(2026, 9, 1, 0, Math.floor(index / 3))).toISOString()})`;
    }
    const staff = world.asStaff("support_agent");
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listMessages(staff, { accountNumber: one.accountNumber, limit: 7, ...(after && { after }) });
      seen.push(...page.messages.map((message) => message.messageId));
      after = page.after ?? undefined;
    } while (after);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    const letters = await listMessages(staff, { accountId: one.accountId, channel: "email", state: "sent" });
    expect(letters.messages).toHaveLength(12);
    expect((await listMessages(staff, { accountId: one.accountId, from: "2026-11-01" })).messages).toEqual([]);
    for (const bad of ["x", "2026-10-01~1", "' or 1=1 --~01890a5d-ac96-774b-bcce-b302099a8057"]) {
      await expect(listMessages(staff, { after: bad })).rejects.toMatchObject({ reason: "page.malformed" });
    }
  });
});
