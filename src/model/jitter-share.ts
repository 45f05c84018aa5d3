/** Checks of one interval are asked up to this part of it sooner or later, so that they spread. */
export const jitterShare = 0.1;
