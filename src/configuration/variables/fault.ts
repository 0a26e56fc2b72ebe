/** One thing wrong with the configuration. `problem` goes on from the variable's name: "X is required …". */
export interface Fault {
  variable: string;
  problem: string;
}
