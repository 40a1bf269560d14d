/**
 * The platform of synthetic posts, which tell every minute whether the fleet is alive. It is ours alone: nothing from outside takes this
 * name, and who reads topics leaves it out.
 */
export const CANARY_PLATFORM = 'siaga-canary';

export const isCanary = ({ platform }: { readonly platform: string }): boolean => platform === CANARY_PLATFORM;
