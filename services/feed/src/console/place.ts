import type { ComponentType } from 'preact';
import type { Permission } from '../auth/permissions.js';
import type { InBoth } from './language.js';

/** What a view is given: whatever the fragment of the URL says after its name. */
export interface ViewProps {
  /** `ID` of `#/notices/ID`, else nothing. */
  readonly path: string;
  /** `state=open` of `#/notices?state=open`, else nothing. */
  readonly query: string;
}

export interface ViewEntry {
  /** It is shown at `#/NAME`, and under that. */
  readonly name: string;
  readonly title: InBoth<string>;
  /** Whoever lacks it neither sees nor reaches the view. */
  readonly permission: Permission;
  /** Fetched when the view is first shown, styles included; what it says lies in texts/NAME.ts and comes with it (`useTextsOf`). */
  readonly load: () => Promise<ComponentType<ViewProps>>;
  /** Reached from another view: it has no place in the navigation, where that other one is marked instead. */
  readonly under?: string;
  /** Not of every day: where there are several of them, they are behind one menu. */
  readonly rare?: true;
  /** It fills the page, without header and navigation, and has the address /NAME too. */
  readonly alone?: true;
}

export interface Place extends ViewProps {
  readonly view: ViewEntry;
}

/** @returns where the address leads; the first of the views when it leads nowhere, and nothing when there are none */
export function placeOf(views: readonly ViewEntry[], pathname: string, hash: string): Place | undefined {
  const [, name = '', path = '', query = ''] = /^#\/([a-z-]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(hash) ?? [];
  const own = views.find((view) => view.alone && pathname === `/${view.name}`);
  const view = own ?? views.find((one) => one.name === name);
  if (view) return { view, path, query };
  return views[0] && { view: views[0], path: '', query: '' };
}
