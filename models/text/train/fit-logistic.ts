/** Rows of `width` numbers with what is true of each and what it counts for. */
export interface Sample {
  readonly values: Float64Array;
  readonly width: number;
  readonly positive: Uint8Array;
  readonly weight: Float64Array;
}

/** Solves a small symmetric positive definite system by Cholesky's factors; `matrix` is overwritten. */
function solveSystem(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const at = (row: number, column: number): number => matrix[row * size + column] as number;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = at(row, column);
      for (let inner = 0; inner < column; inner++) sum -= at(row, inner) * at(column, inner);
      matrix[row * size + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(column, column);
    }
  }
  const result = Float64Array.from(vector);
  for (let row = 0; row < size; row++) {
    let sum = result[row] as number;
    for (let inner = 0; inner < row; inner++) sum -= at(row, inner) * (result[inner] as number);
    result[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = result[row] as number;
    for (let inner = row + 1; inner < size; inner++) sum -= at(inner, row) * (result[inner] as number);
    result[row] = sum / at(row, row);
  }
  return result;
}

const MOST_STEPS = 50;

/**
 * Logistic regression of few numbers by Newton's method, with a ridge on all but the constant.
 * @returns one coefficient a column, then the constant.
 */
export function fitLogistic({ values, width, positive, weight }: Sample, ridge: number): Float64Array {
  const size = width + 1;
  let coefficients = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step++) {
    const curve = new Float64Array(size * size);
    const slope = new Float64Array(size);
    for (let row = 0; row < positive.length; row++) {
      const first = row * width;
      let margin = coefficients[width] as number;
      for (let column = 0; column < width; column++) {
        margin += (coefficients[column] as number) * (values[first + column] as number);
      }
      const chance = 1 / (1 + Math.exp(-margin));
      const cost = weight[row] as number;
      const miss = cost * ((positive[row] as number) - chance);
      const bend = cost * chance * (1 - chance);
      for (let column = 0; column < size; column++) {
        const value = column < width ? (values[first + column] as number) : 1;
        slope[column] = (slope[column] as number) + miss * value;
        for (let other = 0; other <= column; other++) {
          const place = column * size + other;
          const second = other < width ? (values[first + other] as number) : 1;
          curve[place] = (curve[place] as number) + bend * value * second;
        }
      }
    }
    for (let column = 0; column < size; column++) {
      const penalty = column < width ? ridge : 1e-6;
      slope[column] = (slope[column] as number) - penalty * (coefficients[column] as number);
      curve[column * size + column] = (curve[column * size + column] as number) + penalty;
    }
    const change = solveSystem(curve, slope);
    coefficients = coefficients.map((value, column) => value + (change[column] as number));
    if (change.every((value) => Math.abs(value) < 1e-7)) break;
  }
  return coefficients;
}
