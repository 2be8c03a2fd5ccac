import enAddons from "./en/addons.json";
import enAnalytics from "./en/analytics.json";
import enBank from "./en/bank.json";
import enBilling from "./en/billing.json";
import enCabinet from "./en/cabinet.json";
import enCatalog from "./en/catalog.json";
import enChanges from "./en/changes.json";
import enDocuments from "./en/documents.json";
import enErrors from "./en/errors.json";
import enLayout from "./en/layout.json";
import enLinks from "./en/links.json";
import enLogin from "./en/login.json";
import enOperations from "./en/operations.json";
import enPayments from "./en/payments.json";
import enReminders from "./en/reminders.json";
import enRuns from "./en/runs.json";
import enSandbox from "./en/sandbox.json";
import enSession from "./en/session.json";
import enSettings from "./en/settings.json";
import enStaff from "./en/staff.json";
import enSubscribers from "./en/subscribers.json";
import enTerminals from "./en/terminals.json";
import enUi from "./en/ui.json";
import enUsage from "./en/usage.json";
import ruAddons from "./ru/addons.json";
import ruAnalytics from "./ru/analytics.json";
import ruBank from "./ru/bank.json";
import ruBilling from "./ru/billing.json";
import ruCabinet from "./ru/cabinet.json";
import ruCatalog from "./ru/catalog.json";
import ruChanges from "./ru/changes.json";
import ruDocuments from "./ru/documents.json";
import ruErrors from "./ru/errors.json";
import ruLayout from "./ru/layout.json";
import ruLinks from "./ru/links.json";
import ruLogin from "./ru/login.json";
import ruOperations from "./ru/operations.json";
import ruPayments from "./ru/payments.json";
import ruReminders from "./ru/reminders.json";
import ruRuns from "./ru/runs.json";
import ruSandbox from "./ru/sandbox.json";
import ruSession from "./ru/session.json";
import ruSettings from "./ru/settings.json";
import ruStaff from "./ru/staff.json";
import ruSubscribers from "./ru/subscribers.json";
import ruTerminals from "./ru/terminals.json";
import ruUi from "./ru/ui.json";
import ruUsage from "./ru/usage.json";

/** One file per namespace and language. A new namespace is two files and one line in each list. */
export const messages = {
  ru: {
    addons: ruAddons,
    catalog: ruCatalog,
    links: ruLinks,
    analytics: ruAnalytics,
    operations: ruOperations,
    payments: ruPayments,
    bank: ruBank,
    billing: ruBilling,
    cabinet: ruCabinet,
    changes: ruChanges,
    documents: ruDocuments,
    errors: ruErrors,
    layout: ruLayout,
    login: ruLogin,
    reminders: ruReminders,
    runs: ruRuns,
    sandbox: ruSandbox,
    session: ruSession,
    settings: ruSettings,
    staff: ruStaff,
    subscribers: ruSubscribers,
    terminals: ruTerminals,
    ui: ruUi,
    usage: ruUsage,
  },
  en: {
    addons: enAddons,
    catalog: enCatalog,
    links: enLinks,
    analytics: enAnalytics,
    operations: enOperations,
    payments: enPayments,
    bank: enBank,
    billing: enBilling,
    cabinet: enCabinet,
    changes: enChanges,
    documents: enDocuments,
    errors: enErrors,
    layout: enLayout,
    login: enLogin,
    reminders: enReminders,
    runs: enRuns,
    sandbox: enSandbox,
    session: enSession,
    settings: enSettings,
    staff: enStaff,
    subscribers: enSubscribers,
    terminals: enTerminals,
    ui: enUi,
    usage: enUsage,
  },
};

export type Messages = (typeof messages)["ru"];
export type Namespace = keyof Messages;
