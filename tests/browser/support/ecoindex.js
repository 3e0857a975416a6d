// The score of a page by the public EcoIndex method.

// The quantiles of the public EcoIndex method, from the HTTP Archive (https://www.ecoindex.fr/comment-ca-marche/).
const ELEMENTS = [0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601];
const REQUESTS = [0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920];
const KILOBYTES = [0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26];
const GRADES = [[80, 'A'], [70, 'B'], [55, 'C'], [40, 'D'], [25, 'E'], [10, 'F'], [-Infinity, 'G']];

/** Where a value stands among the quantiles, from 1. */
function rank(value, quantiles) {
  const above = quantiles.findIndex((quantile, i) => i > 0 && value < quantile);
  if (above < 0) return quantiles.length;
  return above + (value - quantiles[above - 1]) / (quantiles[above] - quantiles[above - 1]);
}

/** The score, of 100: elements count three, requests two, bytes one. */
export function ecoindex({ elements, requests, kilobytes }) {
  const sum = 3 * rank(elements, ELEMENTS) + 2 * rank(requests, REQUESTS) + rank(kilobytes, KILOBYTES);
  const score = 100 - (5 * sum) / 6;
  return { score, grade: GRADES.find(([least]) => score > least)[1] };
}
