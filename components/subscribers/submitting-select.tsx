"use client";

import type { ComponentProps } from "react";
import { Select } from "@/components/ui/select";

/** A filter that applies as soon as it is chosen; without JavaScript the form's own button does. */
export function SubmittingSelect(props: ComponentProps<typeof Select>) {
  return <Select {...props} onChange={(event) => event.currentTarget.form?.requestSubmit()} />;
}
