import { Component, h, type ComponentType, type FunctionComponent } from 'preact';

/** Renders again only when one of the (flat) props has changed: with 500 cards on the page that is what keeps it smooth. */
export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = Object.keys(next) as (keyof P)[];
      return keys.some((key) => next[key] !== (this.props as P)[key]);
    }
    override render() {
      return h(inner, this.props as P);
    }
  };
}
