/** The first letter of a bank's name, since Drop has no right to show the banks' logos. */
export function BankMark({ name }: { name: string }) {
  return (
    <span className="bank-mark" aria-hidden="true">
      {name.charAt(0)}
    </span>
  );
}
