/** The provider's currency, in which everything is billed that nobody said another for. */
export const HOME_CURRENCY = Object.freeze({
  id: 1,
  symbol: '$',
  currencyCode: 'USD',
  decimalSeparator: '.',
  numberOfDecimals: 2,
  thousandsSeparator: ',',
  negativeParenthesesFlag: false,
  displaySymbolFlag: true,
  currencyIdentifier: 'Base',
  displayIdFlag: false,
  rightAlign: false,
  name: 'US Dollars',
  _info: Object.freeze({ currency_href: '/finance/currencies/1' }),
});

/** An amount as it is billed. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;
