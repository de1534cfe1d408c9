/** As it stands in user agents, so that whoever we call on can tell which version came. */
export const productVersion = '0.1.0';
