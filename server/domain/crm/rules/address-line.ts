export interface AddressParts {
  readonly city: string;
  readonly street: string;
  readonly house: string;
  readonly flat: string | null;
}

/** "Пермь, ул. Лесная, 14, кв. 37": one line, as people read it. */
export function addressLine({ city, street, house, flat }: AddressParts): string {
  return [city, street, house, ...(flat ? [`кв. ${flat}`] : [])].join(", ");
}
