import enErrors from "./en/errors.json";
import enLayout from "./en/layout.json";
import enUi from "./en/ui.json";
import ruErrors from "./ru/errors.json";
import ruLayout from "./ru/layout.json";
import ruUi from "./ru/ui.json";

/** One file per namespace and language. A new namespace is two files and one line in each list. */
export const messages = {
  ru: { errors: ruErrors, layout: ruLayout, ui: ruUi },
  en: { errors: enErrors, layout: enLayout, ui: enUi },
};

export type Messages = (typeof messages)["ru"];
export type Namespace = keyof Messages;
