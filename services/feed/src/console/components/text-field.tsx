/** A line of text that must be said. @param most characters that the API takes */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  /** Whether a dialog begins here. */
  readonly first?: boolean;
  readonly onValue: (value: string) => void;
}) {
  const { label, value, most, first, onValue } = props;
  return (
    <label>
      <span>{label}</span>
      <input
        {...(first && { 'data-first': '' })}
        required
        maxLength={most}
        pattern=".*\S.*"
        value={value}
        autocomplete="off"
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}
