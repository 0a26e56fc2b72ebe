/** A bank's first letter in a quiet tile. The banks' own marks are theirs and are not shown. */
export function BankMark({ name }: { name: string }) {
  return (
    <span className="bank-mark" aria-hidden="true">
      {name.charAt(0)}
    </span>
  );
}
