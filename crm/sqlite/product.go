package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const (
	productColumns = `r.id, r.name, r.sku, r.currency, r.price, r.tax, r.active, r.created_at, r.updated_at, r.version`
	selectProduct  = `SELECT ` + productColumns + ` FROM product AS r WHERE r.id = ?`
)

var productListing = listing[*crm.Product]{
	table:   "product",
	columns: productColumns,
	scan:    func(rows *sql.Rows) (*crm.Product, error) { return scanProduct(rows.Scan) },
	id:      func(p *crm.Product) int64 { return p.ID },
	orders: map[crm.Sort]order[*crm.Product]{
		crm.SortName: {"sort_key", true, func(p *crm.Product) any { return sortKey(p.Name) }},
	},
}

func scanProduct(scan func(...any) error) (*crm.Product, error) {
	p := &crm.Product{}
	var created, updated int64
	err := scan(&p.ID, &p.Name, &p.SKU, &p.Price.Currency, &p.Price.Minor, &p.Tax, &p.Active, &created, &updated, &p.Version)
	p.CreatedAt, p.UpdatedAt = fromMicro(created), fromMicro(updated)
	return p, err
}

// Product returns one product, active or not.
func (db *DB) Product(ctx context.Context, id int64) (*crm.Product, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	p, err := scanProduct(db.queries.queryRow(ctx, selectProduct, id).Scan)
	if err != nil {
		return nil, fmt.Errorf("read product %d: %w", id, orNotFound(err))
	}
	return p, nil
}

// Products returns a page of the catalogue.
func (db *DB) Products(ctx context.Context, f crm.ProductFilter) (crm.Page[*crm.Product], error) {
	if _, err := mayLook(ctx); err != nil {
		return crm.Page[*crm.Product]{}, err
	}
	page, err := productListing.page(ctx, &db.queries, productSelection(f))
	if err != nil {
		return page, fmt.Errorf("list products: %w", err)
	}
	return page, nil
}

func productSelection(f crm.ProductFilter) selection {
	s := selection{words: f.Query, sort: crm.SortName, after: f.After, before: f.Before, limit: f.Limit}
	if f.ActiveOnly {
		s.equal("active", 1)
	}
	return s
}

func productFields(p *crm.Product) []field {
	active := ""
	if p.Active {
		active = "1"
	}
	return []field{
		plain("name", p.Name), plain("sku", p.SKU), plain("price", p.Price.String()), plain("tax", p.Tax.String()), plain("active", active),
	}
}

// CreateProduct adds a product to the catalogue.
func (db *DB) CreateProduct(ctx context.Context, p *crm.Product) error {
	return db.saveProduct(ctx, p, func(t *tx, p *crm.Product) (entry, error) {
		p.CreatedAt, p.Version = p.UpdatedAt, 1
		var err error
		p.ID, err = t.insert(`INSERT INTO product (name, sku, currency, price, tax, active, sort_key, created_at, updated_at, version)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`, p.Name, p.SKU, string(p.Price.Currency), p.Price.Minor, int64(p.Tax), p.Active,
			sortKey(p.Name), p.CreatedAt.UnixMicro(), p.UpdatedAt.UnixMicro())
		return entry{verb: verbCreate, changes: changed(nil, productFields(p))}, err
	})
}

// UpdateProduct writes p over the version that it was read with.
func (db *DB) UpdateProduct(ctx context.Context, p *crm.Product) error {
	return db.saveProduct(ctx, p, func(t *tx, p *crm.Product) (entry, error) {
		stored, err := scanProduct(t.queryRow(selectProduct, p.ID).Scan)
		if err != nil {
			return entry{}, orNotFound(err)
		}
		if stored.Version != p.Version {
			return entry{}, crm.ErrConflict
		}
		p.CreatedAt, p.Version = stored.CreatedAt, stored.Version+1
		_, err = t.exec(`UPDATE product SET name = ?, sku = ?, currency = ?, price = ?, tax = ?, active = ?, sort_key = ?,
			updated_at = ?, version = ? WHERE id = ?`, p.Name, p.SKU, string(p.Price.Currency), p.Price.Minor, int64(p.Tax), p.Active,
			sortKey(p.Name), p.UpdatedAt.UnixMicro(), p.Version, p.ID)
		return entry{verb: verbUpdate, changes: changed(productFields(stored), productFields(p))}, err
	})
}

func (db *DB) saveProduct(ctx context.Context, given *crm.Product, save func(*tx, *crm.Product) (entry, error)) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var stored crm.Product
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		p := *given
		p.UpdatedAt = db.stamp()
		done, err := save(t, &p)
		if isUnique(err) {
			return crm.Invalid{"sku": crm.KeyExists}
		}
		if err != nil {
			return err
		}
		if err := t.index("product", p.ID, recordText{name: p.Name, detail: p.SKU}); err != nil {
			return err
		}
		done.kind, done.id, done.title, done.actor, done.at, done.version = crm.KindProduct, p.ID, p.Name, actor, p.UpdatedAt, p.Version
		stored = p
		_, err = t.log(done)
		return err
	})
	if err != nil {
		return fmt.Errorf("save product %q: %w", given.Name, err)
	}
	*given = stored
	return nil
}
