import type { ComponentChildren } from 'preact';

/** A name and its value; a wide one has a line of its own. */
export function Fact(props: { name: string; children: ComponentChildren; wide?: boolean; alarm?: boolean }) {
  const { name, children, wide, alarm } = props;
  return (
    <div class={`${wide ? 'wide' : ''} ${alarm ? 'alarm' : ''}`}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
