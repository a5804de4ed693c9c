/** Lets requests and answers that wait have their turn: large calendars are made in pieces. */
export function nextTurn(): Promise<void> {
  return new Promise((settle) => setImmediate(settle));
}
