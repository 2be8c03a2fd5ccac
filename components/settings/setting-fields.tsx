import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type GroupProps = { title: string; hint?: string; thirds?: boolean; children: ReactNode };

/** Fields that belong together, under their name; `thirds`: three in a row where there is room. */
export function FieldGroup({ title, hint, thirds = false, children }: GroupProps) {
  return (
    <fieldset className={cn("grid min-w-0 items-start gap-x-4 gap-y-3.5 sm:grid-cols-2", thirds && "xl:grid-cols-3")}>
      <legend className="mb-2.5 font-medium">
        {title}
        {hint ? <span className="block text-small font-normal text-muted">{hint}</span> : null}
      </legend>
      {children}
    </fieldset>
  );
}

type Props = {
  label: string;
  value: string;
  onType: (value: string) => void;
  error: string | undefined;
  hint?: string | undefined;
  mode?: "numeric" | "decimal";
  type?: "text" | "month";
};

export function TypedField({ label, value, onType, error, hint, mode = "numeric", type = "text" }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          type={type}
          inputMode={type === "text" ? mode : undefined}
          autoComplete="off"
          value={value}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
