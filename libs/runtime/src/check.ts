/** Throws when the thing is not usable. */
export type Check = () => Promise<void>;

const CHECK_TIMEOUT_MS = 2_000;

/** @returns why a check fails, undefined when it passes; one that gives no answer in two seconds fails */
export async function failureOf(check: Check): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    clearTimeout(timer);
  }
}
