/** As far as it is measured; the package brings no types. */
declare module 'opossum' {
  class CircuitBreaker<Result> {
    constructor(action: () => Promise<Result>, options: { timeout: number; capacity: number });
    fire(): Promise<Result>;
  }
  export { CircuitBreaker as default };
}
