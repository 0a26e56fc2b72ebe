/** The name of a person as initials, such as `K••• N•••`: enough to tell two customers apart in a list. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/);
  return words.map((word) => `${[...word][0] ?? ''}•••`).join(' ');
}

/** An e-mail address with the first letter of its name, such as `k•••@example.com`. */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address][0] ?? ''}•••${address.slice(Math.max(at, 0))}`;
}
