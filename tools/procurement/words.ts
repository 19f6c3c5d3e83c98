import type { GroupWords } from '../../src/api/search/group-words.ts';

/** The product catalog, purchasing and stock. */
export const PROCUREMENT: GroupWords = {
  adjustments:
    'Corrections of stock: counted, lost, found | inventory adjustment stock count stocktake write off correct quantity shrinkage stocktaking difference lost broken missing found write-off stolen scrap transfer move relocate between warehouses',
  'adjustments/details': 'Lines of a stock correction | inventory adjustment line lines items moved',
  'adjustments/types': 'Types of stock corrections | reason reasons damage shrink',
  catalog:
    'The product catalog: what we sell, with price and cost | product item sku part service price list cost parts hardware software catalogue sell article articles assortment products licence portfolio services buy discontinue charge firewall switch laptop docking station dock monitor keyboard headset notebook goods find of',
  'catalog/components':
    'Parts of a bundle in the catalog | kit bundle component package bundled consists set contents included',
  'catalog/inventory':
    'Stock of a catalog item by warehouse and bin | on hand quantity in stock available level inventory how many shelf have left where warehouse store',
  'catalog/minimumstockbywarehouse':
    'Least stock of a catalog item by warehouse | reorder point minimum level low stock safety stock refill threshold',
  'catalog/pricing':
    'Price of a catalog item for a company and quantity | customer price calculate cost sell discount quote what would pays special',
  'catalog/quantityonhand':
    'How many of a catalog item are in stock | on hand quantity stock inventory available how many shelf left have store',
  categories: 'Product categories | product group kind hardware software families groups',
  'categories/subcategories': 'Product subcategories of a category',
  manufacturers: 'Manufacturers of products | brand maker vendor make oem dell hp lenovo cisco brands makes producers',
  onhandserialnumbers:
    'Serial numbers of products in stock | serial number warehouse on hand serials boxes unsold which',
  pricingschedules:
    'Price lists for customers | pricing schedule special price discount tier price book lists customer specific partner rebate',
  'pricingschedules/details': 'Lines of a price list | discount product price prices per category',
  'pricingschedules/details/breaks':
    'Quantity breaks of a price list line | volume discount price break bulk steps staggered from quantity more cheaper',
  products:
    'Products charged to tickets, projects, deals and orders | part sold used material line hardware item billable cost price charge add to ticket licence items billed materials goods project order cable bill quantity docking station monitor laptop',
  'products/components': 'Parts of a charged bundle | kit component bundle parts consists',
  'products/detach': 'Take a product off what it is charged to | detach remove unlink free unassign from ticket order',
  'products/pickingshippingdetails':
    'What was picked and shipped of a product | pick ship deliver pack shipment tracking serial fulfil picking picked shipping packed sent out parcel number delivered customer fulfilment send laptop delivery',
  purchaseorders:
    'Purchase orders to vendors | buy order po supplier vendor ordered parts purchasing on order distributor procure delivery expected hardware purchase buying outstanding status approve closed number shipped arrive when from laptop laptops docking station dock monitor keyboard headset notebook goods',
  'purchaseorders/lineitems':
    'Lines of a purchase order: what is ordered and received | po line receive received delivery arrived goods receipt backorder quantity shipment came partial item booked in missing eta expected',
  'purchaseorders/lineitems/bulk':
    'Change or delete many lines of a purchase order at once | bulk receive all everything arrived',
  purchaseorderstatuses: 'Statuses of purchase orders | po state ordered received cancelled states',
  'purchaseorderstatuses/emailtemplates': 'E-mails sent when a purchase order reaches a status',
  'purchaseorderstatuses/notifications': 'Who is told when a purchase order reaches a status | notify alert',
  purchasingdemands:
    'Order what is needed: makes purchase orders of demands | purchasing demand reorder needed replenish to be ordered what must bought shortage order',
  rmaactions: 'What is done with returned goods: repair, replace, credit | rma action repair swap credit refund',
  rmadispositions: 'Where returned goods go | rma disposition scrap restock',
  rmastatuses: 'Statuses of returns | rma status returned shipped back states',
  'rmastatuses/emailtemplates': 'E-mails sent when a return reaches a status | rma',
  'rmastatuses/notifications': 'Who is told when a return reaches a status | rma notify',
  rmatags:
    'Returns of goods to vendors | rma return defective broken faulty warranty replacement send back supplier merchandise customer returns returned defect claim exchange guarantee monitor dead swap create',
  'rmatags/default': 'Values for a new return | rma',
  settings: 'Settings of procurement | purchasing configuration',
  shipmentmethods:
    'Ways to ship: courier, pickup | shipping carrier delivery freight ups fedex method dhl carriers pick-up post express overnight ways ship',
  subcategories: 'Product subcategories | product group groups families',
  types: 'Product types: inventory, service, bundle | kind of product kinds class taxable',
  unitofmeasures:
    'Units in which products are counted | unit each hour box uom measure piece pieces pack metre counted units',
  'unitofmeasures/conversions': 'How units convert into one another | uom factor pack contains convert how many',
  warehousebins:
    'Bins of warehouses: where things lie | shelf rack van truck storage location bin shelves vans tech trunk drawer',
  'warehousebins/inventoryonhand':
    'What lies in a warehouse bin | stock on hand inventory quantity shelf van truck what is in the contents stored',
  warehouses: 'Warehouses | stock room storage depot store inventory location storerooms stockrooms depots lager',
  'catalog/copy': 'Copy a product of the catalog | duplicate clone item part',
  'catalog/vendors': 'Vendors of a product of the catalog | supplier source vendor sku preferred part number who sells',
  changeorder:
    'Change orders of purchase orders | change order an order after it was sent amend amendment revision project scope',
  changeorders: 'Change orders of purchase orders, counted | amendments number',
  directionalsyncs: 'Directions in which products are synchronized | directional sync one way two way',
  invoicegrouping: 'Groups by which products stand on invoices | invoice grouping lines bundle show price subtotal',
  'purchaseorders/copy': 'Copy a purchase order | duplicate clone reorder order again po',
  'purchaseorders/notes': 'Notes on a purchase order | comment remark po vendor',
  'purchaseorders/quickaccess':
    'How many records hang on a purchase order | quick access count counts numbers number po related sidebar tab',
  'purchaseorders/rebatch': 'Put a purchase order into an accounting batch again | rebatch gl posting po',
  'purchaseorders/unbatch': 'Take a purchase order out of its accounting batch | unbatch undo posting gl po',
};
