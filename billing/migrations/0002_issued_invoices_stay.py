"""The database itself refuses to change or delete what was issued: the invoice, its lines, its files, its evidence."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION billing_refuse_issued() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $body$
DECLARE
    is_issued boolean;
BEGIN
    IF TG_TABLE_NAME = 'billing_invoice' THEN
        is_issued := OLD.number IS NOT NULL;
    ELSIF TG_TABLE_NAME = 'billing_invoicefile' THEN
        is_issued := true;
    ELSIF TG_TABLE_NAME = 'billing_usageevidence' THEN
        is_issued := EXISTS (
            SELECT FROM billing_invoiceline l JOIN billing_invoice i ON i.id = l.invoice_id
            WHERE l.id = OLD.line_id AND i.number IS NOT NULL);
    ELSIF TG_OP = 'INSERT' THEN
        is_issued := EXISTS (SELECT FROM billing_invoice WHERE id = NEW.invoice_id AND number IS NOT NULL);
    ELSE
        is_issued := EXISTS (SELECT FROM billing_invoice WHERE id = OLD.invoice_id AND number IS NOT NULL);
    END IF;
    IF is_issued THEN
        RAISE EXCEPTION 'An issued invoice is never changed or deleted (% of %).', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $body$;
REVOKE ALL ON FUNCTION billing_refuse_issued() FROM PUBLIC;

CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_refuse_issued();
CREATE TRIGGER issued_stays BEFORE INSERT OR UPDATE OR DELETE ON billing_invoiceline
    FOR EACH ROW EXECUTE FUNCTION billing_refuse_issued();
CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON billing_invoicefile
    FOR EACH ROW EXECUTE FUNCTION billing_refuse_issued();
CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON billing_usageevidence
    FOR EACH ROW EXECUTE FUNCTION billing_refuse_issued();
"""

BACKWARD = """
DROP TRIGGER issued_stays ON billing_invoice;
DROP TRIGGER issued_stays ON billing_invoiceline;
DROP TRIGGER issued_stays ON billing_invoicefile;
DROP TRIGGER issued_stays ON billing_usageevidence;
DROP FUNCTION billing_refuse_issued();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
