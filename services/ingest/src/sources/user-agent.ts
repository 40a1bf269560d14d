/** How sources introduce themselves to the servers that they read. */
export const USER_AGENT = 'Siaga/0.1 (monitors public posts; contact: the operator of this fleet)';
