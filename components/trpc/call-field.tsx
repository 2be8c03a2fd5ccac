"use client";

import { type ComponentProps, createContext, use, useEffect } from "react";
import { Field } from "@/components/ui/field";

/** What a failed call said of single fields, by their path, and how a field on the screen makes itself known. */
export interface CallFailure {
  readonly words: Readonly<Record<string, string>>;
  readonly show: (path: string) => () => void;
}

export const CallFailureContext = createContext<CallFailure | null>(null);

type Props = Omit<ComponentProps<typeof Field>, "error"> & {
  /** The path of the field in the call's input: `amountMinor`. */
  of: string;
};

/** A field of a `CallDialog` that says itself what the call was refused for, when the refusal is about it. */
export function CallField({ of, ...field }: Props) {
  const failure = use(CallFailureContext);
  const show = failure?.show;
  useEffect(() => show?.(of), [show, of]);
  return <Field {...field} error={failure?.words[of]} />;
}
